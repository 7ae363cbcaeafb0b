// There is one thread that runs Python, so there is nobody to hand the GIL to.
#include "runtime/threads/blocking.h"

namespace krait {

Blocking::Blocking() = default;
Blocking::~Blocking() = default;

} // namespace krait
