# A Docker engine with buildx: the one that answers, else Debian's packages and a dockerd of our own.
usable_engine() { docker info >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1; }

install_debian_engine() {
  [ -r /etc/debian_version ] || die "no Docker engine answers. Install Docker (https://docs.docker.com/engine/install/), start it and run this again"
  say "docker: none answers, installing Debian's"
  newer_suites
  # Services are started below by hand: there may be no service manager.
  [ -e /usr/sbin/policy-rc.d ] || { printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null; as_root chmod +x /usr/sbin/policy-rc.d; policy_made=1; }
  install_packages docker.io/sid docker-cli/sid docker-buildx/sid docker-compose/sid containerd/sid iptables
  [ -z "${policy_made:-}" ] || as_root rm -f /usr/sbin/policy-rc.d
}

start_engine() {
  [ -e /etc/docker/daemon.json ] || {
    as_root mkdir -p /etc/docker
    printf '{"features":{"containerd-snapshotter":true}}\n' | as_root tee /etc/docker/daemon.json >/dev/null
  }
  say "docker: starting dockerd"
  as_root rm -f /var/run/docker.pid
  as_root sh -c "setsid dockerd >'$tools/dockerd.log' 2>&1 </dev/null &"
  for _ in $(seq 300); do docker info >/dev/null 2>&1 && return; sleep 0.1; done
  tail -20 "$tools/dockerd.log" >&2
  die "dockerd did not come up within 30 s"
}

if ! usable_engine; then
  if [ ! -x /usr/sbin/dockerd ] || [ ! -x /usr/bin/docker ]; then install_debian_engine; fi
  # A bare client earlier on PATH may lack the plugins.
  ln -sf /usr/bin/docker "$tools/bin/docker"
  hash -r
  usable_engine || start_engine
fi
usable_engine || die "docker answers but 'docker buildx version' does not: install the buildx plugin"
