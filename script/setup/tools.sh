# act (a real workflow runner), uv (the fast Python installer) and Go (for Docker's own parser of names), for the tests.
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
command -v strace >/dev/null || as_root apt-get -qq install -y strace >&2
