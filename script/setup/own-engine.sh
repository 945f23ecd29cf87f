# Engines beside the one that is there: `own_engine NAME STORE NUMBER` starts one, or finds it started, on the image
# store `containerd` or `classic`, with the base image in it, and sets own_engine_host. Each has a bridge and an address
# range (172.31.NUMBER.0/24) of its own and leaves the firewall alone but for that range: two engines that both manage it
# cut each other off.
own_engine() {
  local name=$1 store=$2 net=172.31.$3 home=$tools/$1-engine bridge=mlia$3 snapshotter=true rule
  [ "$store" = classic ] && snapshotter=false
  own_engine_host=unix://$home/docker.sock
  if ! docker -H "$own_engine_host" info >/dev/null 2>&1; then
    command -v dockerd >/dev/null || [ -x /usr/sbin/dockerd ] || die "the $name engine needs dockerd on this machine"
    say "docker: starting the $name engine on the $store image store"
    as_root mkdir -p "$home"
    printf '{"features":{"containerd-snapshotter":%s},"bridge":"%s","iptables":false,"ip6tables":false}\n' "$snapshotter" "$bridge" |
      as_root tee "$home/daemon.json" >/dev/null
    if ! ip link show "$bridge" >/dev/null 2>&1; then
      as_root ip link add name "$bridge" type bridge
      as_root ip addr add "$net.1/24" dev "$bridge"
      as_root ip link set "$bridge" up
    fi
    as_root sysctl -q -w net.ipv4.ip_forward=1
    for rule in "-t nat -I POSTROUTING -s $net.0/24 ! -o $bridge -j MASQUERADE" \
      "-I FORWARD -i $bridge -j ACCEPT" "-I FORWARD -o $bridge -j ACCEPT"; do
      # shellcheck disable=SC2086
      as_root iptables ${rule/-I/-C} 2>/dev/null || as_root iptables $rule
    done
    as_root rm -f "$home/docker.pid"
    as_root sh -c "PATH=/usr/sbin:\$PATH setsid dockerd --config-file '$home/daemon.json' --data-root '$home/data' \
      --exec-root '$home/exec' --pidfile '$home/docker.pid' --host '$own_engine_host' >'$home/log' 2>&1 </dev/null &"
    for _ in $(seq 300); do docker -H "$own_engine_host" info >/dev/null 2>&1 && break; sleep 0.1; done
    docker -H "$own_engine_host" info >/dev/null 2>&1 || { tail -20 "$home/log" >&2; die "the $name engine did not come up within 30 s"; }
  fi
  give_image python:3.11-slim
}

# `give_image NAME` brings an image of the engine to the one that own_engine set.
give_image() {
  if [ "$(docker -H "$own_engine_host" image inspect -f '{{.Os}}' "$1" 2>/dev/null)" != linux ]; then
    docker save "$1" | docker -H "$own_engine_host" load >/dev/null
  fi
}
