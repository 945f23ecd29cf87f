# An engine of its own for the benchmark, on the containerd image store: its builder is emptied between runs, and that
# of the user must not be. It leaves the firewall alone but for one address range of its own.
bench_home=$tools/bench-engine
bench_host=unix://$bench_home/docker.sock
bench_bridge=mlia-bench0
bench_net=172.31.252

start_bench_engine() {
  command -v dockerd >/dev/null || [ -x /usr/sbin/dockerd ] || die "the benchmark needs dockerd on this machine"
  as_root mkdir -p "$bench_home"
  printf '{"features":{"containerd-snapshotter":true},"bridge":"%s","iptables":false,"ip6tables":false}\n' "$bench_bridge" |
    as_root tee "$bench_home/daemon.json" >/dev/null
  if ! ip link show "$bench_bridge" >/dev/null 2>&1; then
    as_root ip link add name "$bench_bridge" type bridge
    as_root ip addr add "$bench_net.1/24" dev "$bench_bridge"
    as_root ip link set "$bench_bridge" up
  fi
  as_root sysctl -q -w net.ipv4.ip_forward=1
  for rule in "-t nat -I POSTROUTING -s $bench_net.0/24 ! -o $bench_bridge -j MASQUERADE" \
    "-I FORWARD -i $bench_bridge -j ACCEPT" "-I FORWARD -o $bench_bridge -j ACCEPT"; do
    # shellcheck disable=SC2086
    as_root iptables ${rule/-I/-C} 2>/dev/null || as_root iptables $rule
  done
  as_root rm -f "$bench_home/docker.pid"
  as_root sh -c "PATH=/usr/sbin:\$PATH setsid dockerd --config-file '$bench_home/daemon.json' --data-root '$bench_home/data' \
    --exec-root '$bench_home/exec' --pidfile '$bench_home/docker.pid' --host '$bench_host' >'$bench_home/log' 2>&1 </dev/null &"
  for _ in $(seq 300); do docker -H "$bench_host" info >/dev/null 2>&1 && return; sleep 0.1; done
  tail -20 "$bench_home/log" >&2
  die "the engine of the benchmark did not come up within 30 s"
}

docker -H "$bench_host" info >/dev/null 2>&1 || { say "docker: starting an engine for the benchmark"; start_bench_engine; }
if [ "$(docker -H "$bench_host" image inspect -f '{{.Os}}' python:3.11-slim 2>/dev/null)" != linux ]; then
  docker save python:3.11-slim | docker -H "$bench_host" load >/dev/null
fi
export ML_IMAGE_BENCH_HOST=$bench_host
