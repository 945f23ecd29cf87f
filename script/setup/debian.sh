# Sourced by env.sh: packages of Debian, and what to say where there is no apt.
know_packages() {
  command -v apt-get >/dev/null || die "install this and run this again: $*"
  [ -n "${packages_known:-}" ] || as_root apt-get -qq update >&2 || true
  packages_known=1
}

install_packages() {
  know_packages "$@"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >&2
}

# `need COMMAND [PACKAGE…]` installs what has the command, where it is not there.
need() {
  local command=$1
  shift
  [ $# -gt 0 ] || set -- "$command"
  command -v "$command" >/dev/null || [ -x "/usr/sbin/$command" ] || { say "$command: installing"; install_packages "$@"; hash -r; }
}

# Where this machine gets Debian packages from: the first source of the net, in either form.
debian_uri() {
  local uri
  uri=$(sed -nE 's/^URIs: *([^ ]+).*/\1/p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)
  [ -n "$uri" ] || uri=$(sed -nE 's/^deb +(\[[^]]*\] +)?(https?:[^ ]+).*/\2/p' /etc/apt/sources.list 2>/dev/null | head -1)
  [ -n "$uri" ] || die "cannot tell where this machine gets Debian packages from"
  printf '%s\n' "$uri"
}

# Newer suites beside the installed one, pinned low, so that nothing else is upgraded.
newer_suites() {
  [ -r /etc/debian_version ] && [ ! -e /etc/apt/sources.list.d/ml-image-action.sources ] || return 0
  local uri
  uri=$(debian_uri)
  printf 'Types: deb\nURIs: %s\nSuites: trixie sid\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$uri" |
    as_root tee /etc/apt/sources.list.d/ml-image-action.sources >/dev/null
  printf 'Package: *\nPin: release n=trixie\nPin-Priority: 90\n\nPackage: *\nPin: release n=sid\nPin-Priority: 80\n' |
    as_root tee /etc/apt/preferences.d/ml-image-action >/dev/null
  packages_known=
}
