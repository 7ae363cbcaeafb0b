// Code that may block runs without the GIL: `{ Blocking release; read(…); }`.
// errno survives. Nothing of the object model may be touched inside.
#pragma once

namespace krait {

struct ThreadState;

class Blocking {
public:
  Blocking();
  ~Blocking();
  Blocking(const Blocking&) = delete;
  Blocking& operator=(const Blocking&) = delete;

private:
  ThreadState* thread_; // null: there is nobody to hand the GIL to
};

/// The opposite, for callbacks: code that foreign code calls inside a Blocking holds the GIL for its scope.
class Unblocking {
public:
  Unblocking();
  ~Unblocking();
  Unblocking(const Unblocking&) = delete;
  Unblocking& operator=(const Unblocking&) = delete;

private:
  ThreadState* thread_; // null: the calling thread holds it anyway
  unsigned long frame_ = 0; // where the thread let the GIL go before
};

} // namespace krait
