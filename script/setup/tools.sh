# act (a real workflow runner), uv (the fast Python installer), cosign (which verifies what is signed), Go (for Docker's own
# parser of names) and tmux (a terminal to look at), for the tests.
command -v go >/dev/null || as_root apt-get -qq install -y golang-go >&2
act_version=0.2.89
if ! command -v act >/dev/null; then
  say "act $act_version: fetching"
  if curl -fsSL --max-time 120 "https://github.com/nektos/act/releases/download/v$act_version/act_Linux_$(uname -m).tar.gz" -o "$tools/act.tgz" 2>/dev/null; then
    tar -xzf "$tools/act.tgz" -C "$tools/bin" act && rm "$tools/act.tgz"
  elif command -v go >/dev/null; then
    GOBIN=$tools/bin go install "github.com/nektos/act@v$act_version" >&2
  else
    die "act is needed: its release cannot be downloaded and there is no Go to build it with"
  fi
fi
if ! command -v uv >/dev/null; then
  say "uv: fetching"
  python3 -m venv "$tools/uv" && "$tools/uv/bin/pip" install -q uv >&2
  ln -sf "$tools/uv/bin/uv" "$tools/bin/uv"
fi
cosign_version=3.1.1
if ! command -v cosign >/dev/null; then
  say "cosign $cosign_version: fetching"
  machine=$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')
  if curl -fsSL --max-time 120 "https://github.com/sigstore/cosign/releases/download/v$cosign_version/cosign-linux-$machine" -o "$tools/cosign" 2>/dev/null; then
    chmod +x "$tools/cosign" && mv "$tools/cosign" "$tools/bin/cosign"
  else
    # Debian's newer suites have it, as engine.sh adds them.
    rm -f "$tools/cosign"
    for package in cosign/sid cosign/trixie cosign; do
      as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$package" >&2 && break
    done
    command -v cosign >/dev/null || die "cosign is needed: its release cannot be downloaded and Debian's package not installed"
  fi
fi
command -v strace >/dev/null || as_root apt-get -qq install -y strace >&2
command -v tmux >/dev/null || as_root apt-get -qq install -y tmux >&2
