// Entries of tracebacks about activations that handled the error and still run.
//
// In CPython a traceback holds the frames it names, and with them what their locals hold when they return. Native code
// has no frame objects while it runs: the entry made where an error is handled is listed in krt_hot.caught until it dies, as nearly
// all do at the end of the handler, or until the activation ends, whose locals then move to a frame that its entries share.
// The list of a thread is in the order of its stack, so that the innermost activation finds its entries at the front.
#pragma once
#include "runtime/exceptions/exception.h"

namespace krait {

/// `tb` is about the innermost activation, which handles the error.
void listCaught(TracebackObject* tb);
/// It dies, or needs no frame any more. Idempotent.
void unlistCaught(TracebackObject* tb);
/// Whether entries of the activation at `address` are listed.
inline bool isCaughtAt(const void* address) { return krt_hot.caught && krt_hot.caught->address == address; }
/// The activation at `address` is over, with these locals: its entries are unlisted, and get `frame` if they have none. Null: the
/// one that an entry has, or a new one if there is anything for it to hold. That frame (owned), or null.
FrameObject* shareFrame(const void* address, FrameObject* frame, const Value* locals, uint32_t count);

} // namespace krait
