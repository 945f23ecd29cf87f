# BuildKit's own image, for builders of the docker-container and remote drivers: pulled, or where no registry can be
# reached, made from BuildKit's sources by Go, with Debian's runc.
buildkit_image=moby/buildkit:buildx-stable-1
buildkit_version=v0.25.2

stand_in_buildkit() {
  say "$buildkit_image cannot be pulled: building BuildKit $buildkit_version with Go"
  local bin=$tools/buildkit-$buildkit_version dir
  if [ ! -x "$bin/buildkitd" ] || [ ! -x "$bin/buildctl" ]; then
    mkdir -p "$bin"
    dir=$(mktemp -d)
    (
      cd "$dir"
      go mod init stand-in
      go get -tool "github.com/moby/buildkit/cmd/buildkitd@$buildkit_version" "github.com/moby/buildkit/cmd/buildctl@$buildkit_version"
      CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$bin/" github.com/moby/buildkit/cmd/buildkitd github.com/moby/buildkit/cmd/buildctl
    ) >"$bin/log" 2>&1 || { tail -20 "$bin/log" >&2; die "BuildKit could not be built"; }
    rm -rf "$dir"
  fi
  docker buildx build -q --builder default --provenance=false -t "$buildkit_image" -f - "$bin" >/dev/null <<'DOCKERFILE'
FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends runc && rm -rf /var/lib/apt/lists/*
COPY buildkitd buildctl /usr/bin/
VOLUME /var/lib/buildkit
ENTRYPOINT ["/usr/bin/buildkitd"]
DOCKERFILE
}

docker image inspect "$buildkit_image" >/dev/null 2>&1 || timeout 300 docker pull -q "$buildkit_image" >/dev/null 2>&1 || stand_in_buildkit
