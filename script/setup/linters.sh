# What reads workflows and action files: actionlint, zizmor and check-jsonschema, in the versions named here and in
# linters.txt, each known by its hash (Go's checksum database; the hashes of the lock).
actionlint_version=1.7.12
linters=$tools/linters-$(sha256sum "$root/script/setup/linters.txt" | cut -c1-12)

if [ "$(actionlint -version 2>/dev/null | sed 's/^v//;q')" != "$actionlint_version" ]; then
  command -v go >/dev/null || die "actionlint $actionlint_version is built with Go, and there is none"
  say "actionlint $actionlint_version: building"
  GOBIN=$tools/bin go install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version" >&2
  hash -r
fi
if [ ! -x "$linters/bin/zizmor" ] || [ ! -x "$linters/bin/check-jsonschema" ]; then
  say "zizmor and check-jsonschema: fetching"
  rm -rf "$linters"
  python3 -m venv "$linters" >&2
  "$linters/bin/pip" install --quiet --only-binary :all: --require-hashes --requirement "$root/script/setup/linters.txt" >&2
fi
