# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Names that native modules have beside their functions.
import _csv
import csv
import io
import socket
import zlib

print(zlib.__version__, _csv.Reader is type(csv.reader([])), _csv.Writer is type(csv.writer(io.StringIO())))
for prefix in ("PF_", "CAN_", "BTPROTO_", "J1939_", "NETLINK_", "PACKET_", "TIPC_", "ALG_", "VM", "SO_VM", "UDPLITE_", "HCI_", "SOL_"):
    print(*(f"{name}={getattr(socket, name)}" for name in dir(socket) if name.startswith(prefix)))
print(socket.AF_DECnet, socket.IOCTL_VM_SOCKETS_GET_LOCAL_CID)


async def numbers():
    yield 1


print([name for name in dir(numbers()) if name.startswith("ag_")])
