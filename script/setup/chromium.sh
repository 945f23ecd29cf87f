# A Chromium for how reports look, and the letters that GitHub's style sheet asks for. One that is there is used.
if ! (for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do command -v "$name" && exit; done; exit 1) >/dev/null &&
  [ ! -x "${CHROMIUM:-}" ] && [ ! -d "/Applications/Google Chrome.app" ]; then
  command -v apt-get >/dev/null || die "there is no Chromium: install one, or set CHROMIUM"
  say "chromium: installing"
  as_root apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium >&2
fi
if command -v fc-list >/dev/null && command -v apt-get >/dev/null; then
  fonts=()
  fc-list | grep -qi 'NotoSans-Regular' || fonts+=(fonts-noto-core)
  fc-list | grep -qi 'LiberationMono' || fonts+=(fonts-liberation)
  fc-list | grep -qi 'NotoColorEmoji' || fonts+=(fonts-noto-color-emoji)
  if [ ${#fonts[@]} -gt 0 ]; then
    say "fonts: installing ${fonts[*]}"
    as_root apt-get update -qq >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "${fonts[@]}" >&2
  fi
fi
