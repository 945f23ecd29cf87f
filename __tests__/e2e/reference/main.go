// Says what Docker's own parser makes of names: one JSON string a line in, one verdict a line out.
package main

import (
	"bufio"
	_ "crypto/sha256"
	"encoding/json"
	"net/netip"
	"os"
	"strconv"
	"strings"

	"github.com/distribution/reference"
)

type verdict struct {
	Error    string `json:"error,omitempty"`
	Registry string `json:"registry"`
	Path     string `json:"path"`
	Tag      string `json:"tag,omitempty"`
	Digest   string `json:"digest,omitempty"`
	// The host can be written, but nothing can be asked of it.
	Unreachable bool `json:"unreachable,omitempty"`
}

// unreachable tells a port that is none, and what looks like an address of IPv4 or IPv6 and is none.
func unreachable(domain string) bool {
	host := domain
	if at := strings.LastIndex(domain, ":"); at >= 0 && !strings.HasSuffix(domain, "]") {
		port, err := strconv.ParseUint(domain[at+1:], 10, 16)
		if err != nil || port == 0 {
			return true
		}
		host = domain[:at]
	}
	if strings.HasPrefix(host, "[") {
		_, err := netip.ParseAddr(strings.Trim(host, "[]"))
		return err != nil
	}
	// A last label that is a number makes the whole an IPv4 address (WHATWG URL, "ends in a number").
	last := host[strings.LastIndex(host, ".")+1:]
	decimal := strings.Trim(last, "0123456789") == ""
	hexadecimal := strings.HasPrefix(last, "0x") && strings.Trim(last[2:], "0123456789abcdef") == ""
	if !decimal && !hexadecimal {
		return false
	}
	address, err := netip.ParseAddr(host)
	return err != nil || address.String() != host
}

func judge(name string) verdict {
	named, err := reference.ParseNormalizedNamed(name)
	if err != nil {
		return verdict{Error: err.Error()}
	}
	said := verdict{Registry: reference.Domain(named), Path: reference.Path(named)}
	if tagged, ok := named.(reference.Tagged); ok {
		said.Tag = tagged.Tag()
	}
	if digested, ok := named.(reference.Digested); ok {
		said.Digest = digested.Digest().String()
	}
	said.Unreachable = said.Registry != "" && unreachable(said.Registry)
	return said
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answers := json.NewEncoder(out)
	for lines.Scan() {
		var name string
		if err := json.Unmarshal(lines.Bytes(), &name); err != nil {
			panic(err)
		}
		if err := answers.Encode(judge(name)); err != nil {
			panic(err)
		}
	}
	if err := lines.Err(); err != nil {
		panic(err)
	}
}
