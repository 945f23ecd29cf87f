# The images the examples and tests start from: pulled, or where no registry can be reached, stand-ins made from Debian packages.
have_image() { docker image inspect "$1" >/dev/null 2>&1; }
can_pull() { have_image "$1" || timeout 300 docker pull -q "$1" >/dev/null 2>&1; }

stand_in_python() {
  say "python:3.11-slim cannot be pulled: making a stand-in from Debian 12, whose Python is 3.11"
  need mmdebstrap
  local dir uri
  dir=$(mktemp -d)
  if ! have_image ml-image-action/debian-python:base; then
    uri=$(debian_uri)
    as_root mmdebstrap --quiet --variant=minbase --include=python3,python3-pip,python3-venv,ca-certificates,curl bookworm "$dir/root.tar" "$uri" >&2
    docker import "$dir/root.tar" ml-image-action/debian-python:base >/dev/null
    as_root rm -f "$dir/root.tar"
  fi
  # The machine's own certificate authorities, so that pip inside a build reaches the index as it does outside.
  cp /etc/ssl/certs/ca-certificates.crt "$dir/ca.crt"
  cat >"$dir/Dockerfile" <<'DOCKERFILE'
FROM ml-image-action/debian-python:base
COPY ca.crt /etc/ssl/certs/ca-certificates.crt
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 LANG=C.UTF-8
# As in the official image: `python` and `pip`, packages below /usr/local (also with --prefix), nothing that apt has fetched or indexed kept.
RUN ln -sf python3 /usr/bin/python && ln -sf python3 /usr/local/bin/python && rm -f /usr/lib/python3*/EXTERNALLY-MANAGED \
 && pip3 install --no-cache-dir -q --upgrade pip \
 && mv /usr/local/lib/python3.11/dist-packages /usr/local/lib/python3.11/site-packages && ln -s site-packages /usr/local/lib/python3.11/dist-packages \
 && printf 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };\nDir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";\n' >/etc/apt/apt.conf.d/docker-clean
CMD ["python3"]
DOCKERFILE
  docker buildx build -q --builder default --provenance=false -t python:3.11-slim "$dir" >/dev/null
  rm -rf "$dir"
}

stand_in_registry() {
  say "registry:2 cannot be pulled: making a stand-in from Debian's docker-registry"
  docker buildx build -q --builder default --provenance=false -t registry:2 - >/dev/null <<'DOCKERFILE'
FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends docker-registry && rm -rf /var/lib/apt/lists/* \
 && printf 'version: 0.1\nlog: {fields: {service: registry}}\nstorage: {filesystem: {rootdirectory: /var/lib/registry}, delete: {enabled: true}}\nhttp: {addr: ":5000"}\n' >/etc/docker/registry/config.yml
EXPOSE 5000
ENTRYPOINT ["docker-registry", "serve", "/etc/docker/registry/config.yml"]
DOCKERFILE
}

stand_in_redis() {
  say "redis:7-alpine cannot be pulled: making a stand-in from Debian's redis-server, which is 7.0"
  docker buildx build -q --builder default --provenance=false -t redis:7-alpine - >/dev/null <<'DOCKERFILE'
FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*
VOLUME /data
WORKDIR /data
EXPOSE 6379
CMD ["redis-server", "--protected-mode", "no", "--bind", "0.0.0.0"]
DOCKERFILE
}

stand_in_prometheus() {
  say "prom/prometheus:v3.5.0 cannot be pulled: making a stand-in from Debian's prometheus, which is 2.42"
  docker buildx build -q --builder default --provenance=false -t prom/prometheus:v3.5.0 - >/dev/null <<'DOCKERFILE'
FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends prometheus wget && rm -rf /var/lib/apt/lists/* && install -d -o nobody /prometheus
USER nobody
VOLUME /prometheus
WORKDIR /prometheus
EXPOSE 9090
ENTRYPOINT ["prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
DOCKERFILE
}

# As the real one tells hosts what it is for. Pulled by nobody but the test that builds on it: it is 2 GB.
stand_in_cuda() {
  say "$1 cannot be pulled: making a stand-in from Debian 12, with the variables of the real one"
  docker buildx build -q --builder default --provenance=false -t "$1" - >/dev/null <<'DOCKERFILE'
FROM python:3.11-slim
ENV NVARCH=x86_64 CUDA_VERSION=12.1.0 NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    NVIDIA_REQUIRE_CUDA="cuda>=12.1 brand=tesla,driver>=525,driver<526"
RUN printf 'Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";\n' >/etc/apt/apt.conf.d/no-index
DOCKERFILE
}
can_reach() { have_image "$1" || timeout 60 docker buildx imagetools inspect "$1" >/dev/null 2>&1; }

can_pull python:3.11-slim || stand_in_python
for tag in 3.11 3.10 3.10-slim; do can_pull "python:$tag" || docker tag python:3.11-slim "python:$tag"; done
can_pull registry:2 || stand_in_registry
can_pull redis:7-alpine || stand_in_redis
can_pull prom/prometheus:v3.5.0 || stand_in_prometheus

cuda=nvidia/cuda:12.1.0-runtime-ubuntu22.04
can_reach "$cuda" || stand_in_cuda "$cuda"
