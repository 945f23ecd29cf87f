"""Make the wheel of torch for the CPU from Debian's packages, unpacked: python3 wheel.py ROOT WHEELS"""

import base64
import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

VERSION = "1.13.1+cpu"
TAG = "cp311-cp311-linux_x86_64"
root, wheels = Path(sys.argv[1]), Path(sys.argv[2])
package = root / "usr/lib/python3/dist-packages"
torch = package / "torch"
libraries = torch / "lib"
info = f"torch-{VERSION}.dist-info"


def patchelf(library: Path, *arguments: str) -> str:
    return subprocess.run(["patchelf", *arguments, library], check=True, capture_output=True, text=True).stdout


def gather_libraries() -> None:
    """Every library under the name that others ask for, all in one folder, where each finds its neighbours."""
    shutil.rmtree(libraries)
    libraries.mkdir()
    for path in sorted(root.rglob("*.so*")):
        if path.is_file() and not path.is_symlink() and package not in path.parents:
            shutil.copy2(path, libraries / patchelf(path, "--print-soname").strip())
    shutil.copy2(libraries / "libtorch_global_deps.so.1.13", libraries / "libtorch_global_deps.so")  # torch opens it by this name
    there = {path.name for path in libraries.iterdir()}
    everywhere = ("ld-linux", "libc.", "libdl.", "libgcc_s.", "liblzma.", "libm.", "libpthread.", "libstdc++.", "libz.")
    for path in libraries.iterdir():
        needed = patchelf(path, "--print-needed").split()
        for name in needed:
            if name not in there and not name.startswith(everywhere):
                patchelf(path, "--remove-needed", name)
        patchelf(path, "--set-rpath", "$ORIGIN")
    patchelf(torch / "bin/torch_shm_manager", "--set-rpath", "$ORIGIN/../lib")


def slim() -> None:
    for path in [*package.rglob("__pycache__"), torch / "include", torch / "test", *(torch / "bin").glob("*[Tt]est*")]:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)


def write_wheel() -> None:
    version = torch / "version.py"
    version.write_text(version.read_text() + f"\n__version__ = '{VERSION}'\n")
    metadata = {
        "METADATA": f"Metadata-Version: 2.1\nName: torch\nVersion: {VERSION}\nRequires-Dist: typing-extensions\n",
        "WHEEL": f"Wheel-Version: 1.0\nGenerator: debian\nRoot-Is-Purelib: false\nTag: {TAG}\n",
    }
    files = [path for name in ("torch", "functorch") for path in sorted((package / name).rglob("*")) if path.is_file()]
    contents = {str(path.relative_to(package)): (path.read_bytes(), path.stat().st_mode) for path in files}
    contents |= {f"{info}/{name}": (text.encode(), 0o100644) for name, text in metadata.items()}
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b'=').decode()},{len(content)}\n"
        for name, (content, _) in contents.items()
    )
    contents[f"{info}/RECORD"] = (f"{record}{info}/RECORD,,\n".encode(), 0o100644)
    wheels.mkdir(parents=True)
    with zipfile.ZipFile(wheels / f"torch-{VERSION}-{TAG}.whl", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, (content, mode) in contents.items():
            entry = zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0))
            entry.external_attr, entry.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


gather_libraries()
slim()
write_wheel()
