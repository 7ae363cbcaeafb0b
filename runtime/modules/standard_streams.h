// sys.stdin, sys.stdout and sys.stderr, made from the io module's types.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Sets the three streams and their `__std…__` twins in sys: 0, or -1.
int32_t createStandardStreams();
/// Flushes stdout and stderr at exit: 0, or -1 when one failed (stdout's error is reported as unraisable).
int32_t flushStandardStreams();
/// A stream of this module, or of a class that leaves its end to it, which holds its text or bytes itself.
bool isMemoryStream(Value v);
/// A stream of this module that has been closed.
bool isClosedStream(Value v);
/// A layer of one of the `sys.__std…__`, made as createStandardStreams makes them: flushing that does all that its death would do.
bool isFlushedStream(Value v);
/// Flushes stderr and stdout whatever they are, before a pending exception is shown.
void flushAfterScript();

} // namespace krait
