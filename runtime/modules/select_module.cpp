// select: select(), poll objects, epoll.
#include <cerrno>
#include <cmath>
#include <cstddef>
#include <ctime>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>
#include <vector>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/module_constants.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/timeout.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/unsigned_argument.h"

namespace krait {
namespace {

/// An int, or an object with fileno(): -1 with an error.
int descriptorOf(Value v) {
  int fd = -1;
  return fileDescriptorArgument(v, &fd) ? fd : -1;
}

/// Seconds of a timeout in `unit`s of a second (null, None: -1, for ever). `wanted` is the name of its type. 0 or -1.
int32_t readTimeout(Value v, double unit, const char* wanted, double* out) {
  *out = -1;
  if (!v || isNone(v) || secondsOf(v, unit, out) == 0) return 0;
  return errorClearIf(TypeErrorType) ? fail(TypeErrorType, "timeout must be %s or None", wanted) : -1;
}

/// For the calls that count milliseconds in 32 bits.
int32_t readMilliseconds(Value v, double unit, double* out) {
  if (readTimeout(v, unit, "an integer", out) < 0) return -1;
  return *out * 1000 > INT_MAX ? fail(OverflowErrorType, "timeout is too large") : 0;
}

/// Calls `wait(seconds left, or -1)` until it is not interrupted: its result, or -1 with an error.
template <class F> int waitInterruptibly(double timeout, F wait) {
  double deadline = timeout >= 0 ? monotonicSeconds() + timeout : 0, left = timeout;
  for (;;) {
    int status, error;
    {
      Blocking release;
      status = wait(left);
      error = errno;
    }
    if (status >= 0) return status;
    if (error != EINTR) return raiseOsError(error), -1;
    if (pollRequests.load() && servePoll() < 0) return -1;
    if (timeout >= 0) {
      left = deadline - monotonicSeconds();
      if (left < 0) left = 0;
    }
  }
}

int milliseconds(double seconds) { return seconds < 0 ? -1 : static_cast<int>(std::ceil(seconds * 1000)); }

// ---- select -----------------------------------------------------------------------------------------

struct Watched {
  std::vector<Ref> objects; // a list may change while its items are asked, or waited for
  std::vector<int> fds;
  fd_set set;
};

bool watch(Value iterable, Watched* w, int* highest) {
  FD_ZERO(&w->set);
  Ref sequence(toFast(iterable, "arguments 1-3 must be sequences"));
  if (!sequence) return false;
  for (int64_t i = 0; i < length(sequence); ++i) {
    Ref item(sequenceItem(sequence, i));
    if (!item) return false;
    int fd = descriptorOf(item);
    if (fd < 0) return false;
    if (fd >= FD_SETSIZE) return raise(ValueErrorType, "filedescriptor out of range in select()"), false;
    if (i >= FD_SETSIZE) return raise(ValueErrorType, "too many file descriptors in select()"), false;
    w->objects.push_back(std::move(item));
    w->fds.push_back(fd);
    FD_SET(fd, &w->set);
    if (fd > *highest) *highest = fd;
  }
  return true;
}

Value readyOnes(const Watched& w, const fd_set& ready) {
  Ref list(newList(0));
  for (size_t i = 0; i < w.fds.size() && list; ++i)
    if (FD_ISSET(w.fds[i], &ready) && listAppend(list, w.objects[i]) < 0) return Value();
  return list.release();
}

Value selectFunction(Value, const Value* argv) {
  double timeout;
  if (readTimeout(argv[3], 1, "a float", &timeout) < 0) return Value();
  if (argv[3] && !isNone(argv[3]) && timeout < 0) return raise(ValueErrorType, "timeout must be non-negative");
  Watched watched[3];
  int highest = -1;
  for (int i = 0; i < 3; ++i)
    if (!watch(argv[i], &watched[i], &highest)) return Value();
  fd_set sets[3];
  int status = waitInterruptibly(timeout, [&](double left) {
    for (int i = 0; i < 3; ++i) sets[i] = watched[i].set;
    timeval t = {static_cast<time_t>(left), static_cast<suseconds_t>((left - std::floor(left)) * 1e6)};
    return select(highest + 1, &sets[0], &sets[1], &sets[2], left < 0 ? nullptr : &t);
  });
  if (status < 0) return Value();
  if (status == 0)
    for (fd_set& set : sets) FD_ZERO(&set);
  Ref r(readyOnes(watched[0], sets[0])), w(readyOnes(watched[1], sets[1])), x(readyOnes(watched[2], sets[2]));
  return r && w && x ? newTuple({r, w, x}) : Value();
}

// ---- poll -------------------------------------------------------------------------------------------

struct PollObject {
  Object header;
  Value registered; // dict: descriptor -> events
  bool running;
};
PollObject* asPoll(Value v) { return v.as<PollObject>(); }

void deallocPoll(Object* o) {
  clear(reinterpret_cast<PollObject*>(o)->registered);
  freeObject(o);
}

/// unsigned short event mask; false with an error.
bool readEvents(Value v, int64_t* out) {
  if (!v) {
    *out = POLLIN | POLLPRI | POLLOUT;
    return true;
  }
  uint64_t mask;
  if (!positiveArgument(v, &mask)) return false;
  *out = static_cast<int64_t>(mask);
  if (*out & ~0xffff) return raise(OverflowErrorType, "Python int too large for C unsigned short"), false;
  return true;
}

Value pollRegister(Value self, const Value* argv) {
  int fd = descriptorOf(argv[0]);
  int64_t events;
  if (fd < 0 || !readEvents(argv[1], &events)) return Value();
  return dictSet(asPoll(self)->registered, newInt(fd), newInt(events)) < 0 ? Value() : newRef(none());
}

Value pollModify(Value self, const Value* argv) {
  int fd = descriptorOf(argv[0]);
  int64_t events;
  if (fd < 0 || !readEvents(argv[1], &events)) return Value();
  int32_t known = dictContains(asPoll(self)->registered, newInt(fd));
  if (known < 0) return Value();
  if (!known) return raiseOsError(ENOENT);
  return dictSet(asPoll(self)->registered, newInt(fd), newInt(events)) < 0 ? Value() : newRef(none());
}

Value pollUnregister(Value self, Value v) {
  int fd = descriptorOf(v);
  if (fd < 0) return Value();
  return dictDelete(asPoll(self)->registered, newInt(fd)) < 0 ? Value() : newRef(none());
}

Value pollPoll(Value self, const Value* argv) {
  double timeout;
  if (readMilliseconds(argv[0], 1e-3, &timeout) < 0) return Value();
  if (asPoll(self)->running) return raise(RuntimeErrorType, "concurrent poll() invocation");
  std::vector<pollfd> items;
  int64_t position = 0;
  Value key, value;
  while (dictNext(asPoll(self)->registered, &position, &key, &value))
    items.push_back({static_cast<int>(key.smallInt()), static_cast<short>(value.smallInt()), 0});
  asPoll(self)->running = true;
  int status = waitInterruptibly(timeout, [&](double left) { return poll(items.data(), items.size(), milliseconds(left)); });
  asPoll(self)->running = false;
  if (status < 0) return Value();
  Ref list(newList(0));
  for (const pollfd& item : items) {
    if (!item.revents || !list) continue;
    Ref pair(newTuple({newInt(item.fd), newInt(item.revents & 0xffff)}));
    if (!pair || listAppend(list, pair) < 0) return Value();
  }
  return list.release();
}

const MethodDef pollMethods[] = {
    {"register", pollRegister, "($self, fd, eventmask=7, /)"},
    {"modify", pollModify, "($self, fd, eventmask, /)"},
    {"unregister", pollUnregister},
    {"poll", pollPoll, "($self, timeout=None, /)"},
    {},
};
constinit Type pollType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "select.poll",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule | kTypeChangeable,
    .instanceLayout = {.type = &pollType, .size = sizeof(PollObject)},
    .dealloc = deallocPoll,
    .methods = pollMethods,
};

Value pollFunction(Value) {
  Ref dict(newDict());
  auto* p = dict ? reinterpret_cast<PollObject*>(newObject(&pollType.instanceLayout)) : nullptr;
  if (!p) return Value();
  p->registered = dict.release();
  return Value(&p->header);
}

// ---- epoll ------------------------------------------------------------------------------------------

struct EpollObject {
  Object header;
  int fd;
};
EpollObject* asEpoll(Value v) { return v.as<EpollObject>(); }

void deallocEpoll(Object* o) {
  int fd = reinterpret_cast<EpollObject*>(o)->fd;
  if (fd >= 0) ::close(fd);
  freeObject(o);
}

Value wrapEpoll(Type* type, int fd) {
  if (fd < 0) return raiseOsError(errno);
  Ref self(type->allocate(type, 0));
  if (!self) return Value();
  asEpoll(self)->fd = fd;
  return self.release();
}

Value constructEpoll(Type* type, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("epoll", "(sizehint=-1, flags=0)", args, argv, 2, holder) < 0) return Value();
  int hint = -1, flags = 0;
  if (!intArgument(argv[0], &hint) || !intArgument(argv[1], &flags)) return Value();
  if (hint != -1 && hint <= 0) return raise(ValueErrorType, "negative sizehint");
  if (flags & ~EPOLL_CLOEXEC) return raise(OSErrorType, "invalid flags");
  return wrapEpoll(type, epoll_create1(EPOLL_CLOEXEC));
}
Value epollFromFd(Value type, Value v) {
  int fd;
  if (!intArgument(v, &fd)) return Value();
  return wrapEpoll(type.as<Type>(), fd == -1 ? epoll_create1(EPOLL_CLOEXEC) : fd); // as CPython has it
}

/// False (with ValueError) once closed.
bool isOpen(Value self) {
  if (asEpoll(self)->fd >= 0) return true;
  raise(ValueErrorType, "I/O operation on closed epoll object");
  return false;
}

Value control(Value self, int operation, Value v, Value mask) {
  if (!isOpen(self)) return Value();
  int fd = descriptorOf(v);
  if (fd < 0) return Value();
  epoll_event event = {};
  event.data.fd = fd;
  event.events = EPOLLIN | EPOLLPRI | EPOLLOUT;
  if (mask) {
    Ref number(index(mask));
    if (!number) return Value();
    event.events = static_cast<uint32_t>(intToUint64Mask(number));
  }
  return epoll_ctl(asEpoll(self)->fd, operation, fd, &event) < 0 ? raiseOsError(errno) : newRef(none());
}
Value epollRegister(Value self, const Value* argv) { return control(self, EPOLL_CTL_ADD, argv[0], argv[1]); }
Value epollModify(Value self, const Value* argv) { return control(self, EPOLL_CTL_MOD, argv[0], argv[1]); }
Value epollUnregister(Value self, const Value* argv) { return control(self, EPOLL_CTL_DEL, argv[0], Value()); }

Value epollPoll(Value self, const Value* argv) {
  double timeout;
  if (!isOpen(self) || readMilliseconds(argv[0], 1, &timeout) < 0) return Value();
  int most = -1;
  if (!intArgument(argv[1], &most)) return Value();
  if (most == -1) most = FD_SETSIZE - 1;
  if (most < 1) return raise(ValueErrorType, "maxevents must be greater than 0, got %d", most);
  std::vector<epoll_event> events(static_cast<size_t>(most));
  int n = waitInterruptibly(timeout, [&](double left) {
    return epoll_wait(asEpoll(self)->fd, events.data(), most, milliseconds(left));
  });
  if (n < 0) return Value();
  Ref list(newList(0));
  for (int i = 0; i < n && list; ++i) {
    Ref pair(newTuple({newInt(events[i].data.fd), newInt(events[i].events)}));
    if (!pair || listAppend(list, pair) < 0) return Value();
  }
  return list.release();
}

Value epollClose(Value self) {
  int fd = asEpoll(self)->fd;
  asEpoll(self)->fd = -1;
  return fd >= 0 && ::close(fd) < 0 ? raiseOsError(errno) : newRef(none());
}
Value epollFileno(Value self) { return isOpen(self) ? newInt(asEpoll(self)->fd) : Value(); }
Value epollEnter(Value self) { return isOpen(self) ? newRef(self) : Value(); }
Value epollExit(Value self, const Args&) { return epollClose(self); }
Value epollClosed(Value self, void*) { return boolean(asEpoll(self)->fd < 0); }

const MethodDef epollMethods[] = {
    {"fromfd", epollFromFd, "($type, fd, /)", kMethodClass},
    {"close", epollClose, "($self, /)"},
    {"fileno", epollFileno, "($self, /)"},
    {"modify", epollModify, "($self, fd, eventmask)"},
    {"register", epollRegister, "($self, fd, eventmask=7)"},
    {"unregister", epollUnregister, "($self, /, fd)"},
    {"poll", epollPoll, "($self, timeout=None, maxevents=-1)"},
    {"__enter__", epollEnter, "($self, /)"},
    {"__exit__", epollExit, "($self, exc_type=None, exc_value=None, exc_tb=None, /)"},
    {},
};
const GetSetDef epollAttributes[] = {{"closed", epollClosed}, {}};
constinit Type epollType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "select.epoll",
    .base = &objectType,
    .flags = kTypeOwnGetAttr | kTypeOwnModule | kTypeChangeable,
    .instanceLayout = {.type = &epollType, .size = sizeof(EpollObject)},
    .dealloc = deallocEpoll,
    .construct = constructEpoll,
    .methods = epollMethods,
    .getset = epollAttributes,
};

const MethodDef methods[] = {
    {"select", selectFunction, "($module, rlist, wlist, xlist, timeout=None, /)"},
    {"poll", pollFunction, "($module, /)"},
    {},
};

#define CONSTANT(name) {#name, static_cast<int64_t>(static_cast<uint32_t>(name))}
constexpr ModuleConstant constants[] = {
    {"PIPE_BUF", 4096},      CONSTANT(POLLIN),       CONSTANT(POLLPRI),      CONSTANT(POLLOUT),
    CONSTANT(POLLERR),       CONSTANT(POLLHUP),      CONSTANT(POLLNVAL),     CONSTANT(POLLRDNORM),
    CONSTANT(POLLRDBAND),    CONSTANT(POLLWRNORM),   CONSTANT(POLLWRBAND),   CONSTANT(POLLMSG),
    CONSTANT(POLLRDHUP),     CONSTANT(EPOLLIN),      CONSTANT(EPOLLOUT),     CONSTANT(EPOLLPRI),
    CONSTANT(EPOLLERR),      CONSTANT(EPOLLHUP),     CONSTANT(EPOLLRDHUP),   CONSTANT(EPOLLET),
    CONSTANT(EPOLLONESHOT),  CONSTANT(EPOLLEXCLUSIVE), CONSTANT(EPOLLRDNORM), CONSTANT(EPOLLRDBAND),
    CONSTANT(EPOLLWRNORM),   CONSTANT(EPOLLWRBAND),  CONSTANT(EPOLLMSG),     CONSTANT(EPOLL_CLOEXEC),
};

int exec(Value module) {
  if (moduleAdd(module, "error", asValue(&OSErrorType)) < 0 || moduleAddType(module, &epollType) < 0) return -1;
  return moduleAddConstants(module, constants);
}

} // namespace

extern "C" constinit const NativeModule krt_module_select = {"select", methods, exec};

} // namespace krait
