# A Chromium for how reports look. One that is there is used.
chromium_there() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do command -v "$name" >/dev/null && return; done
  [ -x "${CHROMIUM:-}" ] || [ -d "/Applications/Google Chrome.app" ]
}
if ! chromium_there; then
  command -v apt-get >/dev/null || die "there is no Chromium: install one, or set CHROMIUM"
  say "chromium: installing"
  as_root apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium >&2
fi
