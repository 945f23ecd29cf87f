# Sourced by the other scripts: where the tools of this project live, and the PATH they are found on.
# Everything is kept outside the checkout, so that a second clone finds it ready.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=${ML_IMAGE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/ml-image-action}
mkdir -p "$tools/bin"
case ":$PATH:" in *":$tools/bin:"*) ;; *) PATH=$tools/bin:$PATH ;; esac
export PATH
say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else die "this needs root and there is no sudo: $*"; fi; }
source "$root/script/setup/debian.sh"
