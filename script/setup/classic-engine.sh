# A second engine on the classic image store, beside the first, for the tests that hold on both stores.
# It has a bridge of its own and leaves the firewall alone: two engines that both manage it cut each other off.
classic_home=$tools/classic-engine
classic_host=unix://$classic_home/docker.sock
classic_bridge=mlia-classic0
classic_net=172.31.251

start_classic_engine() {
  command -v dockerd >/dev/null || [ -x /usr/sbin/dockerd ] || die "the tests of the classic image store need dockerd on this machine"
  as_root mkdir -p "$classic_home"
  printf '{"features":{"containerd-snapshotter":false},"bridge":"%s","iptables":false,"ip6tables":false}\n' "$classic_bridge" |
    as_root tee "$classic_home/daemon.json" >/dev/null
  if ! ip link show "$classic_bridge" >/dev/null 2>&1; then
    as_root ip link add name "$classic_bridge" type bridge
    as_root ip addr add "$classic_net.1/24" dev "$classic_bridge"
    as_root ip link set "$classic_bridge" up
  fi
  as_root rm -f "$classic_home/docker.pid"
  as_root sh -c "PATH=/usr/sbin:\$PATH setsid dockerd --config-file '$classic_home/daemon.json' --data-root '$classic_home/data' \
    --exec-root '$classic_home/exec' --pidfile '$classic_home/docker.pid' --host '$classic_host' >'$classic_home/log' 2>&1 </dev/null &"
  for _ in $(seq 300); do docker -H "$classic_host" info >/dev/null 2>&1 && return; sleep 0.1; done
  tail -20 "$classic_home/log" >&2
  die "the second engine did not come up within 30 s"
}

docker -H "$classic_host" info >/dev/null 2>&1 || { say "docker: starting a second engine on the classic image store"; start_classic_engine; }
if [ "$(docker -H "$classic_host" image inspect -f '{{.Os}}' python:3.11-slim 2>/dev/null)" != linux ]; then
  docker save python:3.11-slim | docker -H "$classic_host" load >/dev/null
fi
export ML_IMAGE_CLASSIC_HOST=$classic_host
