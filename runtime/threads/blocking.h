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

} // namespace krait
