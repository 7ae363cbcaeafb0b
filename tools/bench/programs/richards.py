"""An operating system's scheduler in miniature: classes, methods, queues as linked lists."""
import sys

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
DEVICE, WORK = 0, 1


class Packet:
    def __init__(self, link, identity, kind):
        self.link = link
        self.identity = identity
        self.kind = kind
        self.datum = 0
        self.data = [0] * 4

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, system, identity, priority, queue, waiting):
        self.system = system
        self.link = system.tasks
        self.identity = identity
        self.priority = priority
        self.queue = queue
        self.pending = queue is not None
        self.waiting = waiting
        self.holding = False
        system.tasks = self
        system.table[identity] = self

    def blocked(self):
        return self.holding or (not self.pending and self.waiting)

    def run_once(self):
        packet = None
        if self.waiting and self.pending:
            packet = self.queue
            self.queue = packet.link
            self.waiting = False
            self.pending = self.queue is not None
        return self.step(packet)

    def add_packet(self, packet, old):
        if self.queue is None:
            self.queue = packet
            self.pending = True
            if self.priority > old.priority:
                return self
        else:
            packet.append_to(self.queue)
        return old

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.system.holds += 1
        self.holding = True
        return self.link

    def release(self, identity):
        task = self.system.table[identity]
        task.holding = False
        return task if task.priority > self.priority else self

    def send(self, packet):
        task = self.system.table[packet.identity]
        self.system.sent += 1
        packet.link = None
        packet.identity = self.identity
        return task.add_packet(packet, self)


class Idle(Task):
    control, count = 1, 10000

    def step(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control & 1 == 0:
            self.control //= 2
            return self.release(DEVICE_A)
        self.control = self.control // 2 ^ 0xD008
        return self.release(DEVICE_B)


class Worker(Task):
    destination, letter = HANDLER_A, 0

    def step(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.identity = self.destination
        packet.datum = 0
        for i in range(4):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.data[i] = 64 + self.letter
        return self.send(packet)


class Handler(Task):
    work = devices = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == WORK:
                self.work = packet.append_to(self.work)
            else:
                self.devices = packet.append_to(self.devices)
        if self.work is not None:
            work = self.work
            if work.datum >= 4:
                self.work = work.link
                return self.send(work)
            if self.devices is not None:
                device = self.devices
                self.devices = device.link
                device.datum = work.data[work.datum]
                work.datum += 1
                return self.send(device)
        return self.wait()


class Device(Task):
    kept = None

    def step(self, packet):
        if packet is None:
            if self.kept is None:
                return self.wait()
            kept, self.kept = self.kept, None
            return self.send(kept)
        self.kept = packet
        return self.hold()


class System:
    def __init__(self):
        self.tasks = None
        self.table = [None] * 6
        self.holds = self.sent = 0
        Idle(self, IDLE, 0, None, False)
        queue = Packet(Packet(None, WORKER, WORK), WORKER, WORK)
        Worker(self, WORKER, 1000, queue, True)
        for handler, device, priority in ((HANDLER_A, DEVICE_A, 2000), (HANDLER_B, DEVICE_B, 3000)):
            queue = None
            for _ in range(3):
                queue = Packet(queue, device, DEVICE)
            Handler(self, handler, priority, queue, True)
        Device(self, DEVICE_A, 4000, None, True)
        Device(self, DEVICE_B, 5000, None, True)

    def schedule(self):
        task = self.tasks
        while task is not None:
            task = task.link if task.blocked() else task.run_once()


for _ in range(int(sys.argv[1])):
    system = System()
    system.schedule()
print(system.sent, system.holds)
