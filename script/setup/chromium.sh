# A Chromium for how reports look. One that is there is used.
chromium_there() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do command -v "$name" >/dev/null && return; done
  [ -x "${CHROMIUM:-}" ] || [ -d "/Applications/Google Chrome.app" ]
}
if ! chromium_there; then
  say "chromium: installing"
  install_packages chromium
fi
