# act (a real workflow runner), uv (the fast Python installer), cosign (which verifies what is signed), Go (for Docker's own
# parser of names) and tmux (a terminal to look at), for the tests.
need curl curl ca-certificates
need python3 python3-venv
# From 1.21 on Go fetches a newer one itself where a module wants it. Debian 12 has 1.19; its newer suites name each version.
go_minor=$({ go env GOVERSION 2>/dev/null || true; } | sed -nE 's/^go1\.([0-9]+).*/\1/p')
if [ "${go_minor:-0}" -lt 21 ]; then
  say "go: installing"
  newer_suites
  know_packages golang
  go_package=$(apt-cache pkgnames golang-1. | grep -E '^golang-1\.[0-9]+-go$' | sort -V | tail -1)
  install_packages "${go_package:?Debian has no Go}"
  go_version=${go_package%-go}
  ln -sf "/usr/lib/go-${go_version#golang-}/bin/go" "$tools/bin/go"
  hash -r
fi
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
    rm -f "$tools/cosign"
    newer_suites
    for package in cosign/sid cosign/trixie cosign; do install_packages "$package" && break; done
    command -v cosign >/dev/null || die "cosign is needed: its release cannot be downloaded and Debian's package not installed"
  fi
fi
need strace
need tmux
need pgrep procps
need ip iproute2
need openssl
need patch
