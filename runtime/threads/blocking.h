// Code that may block runs without the GIL: `{ Blocking release; read(…); }`.
// errno survives. Nothing of the object model may be touched inside.
#pragma once

namespace krait {

class Blocking {
public:
  Blocking();
  ~Blocking();
  Blocking(const Blocking&) = delete;
  Blocking& operator=(const Blocking&) = delete;
};

} // namespace krait
