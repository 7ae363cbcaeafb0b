// Pieces of a text that an unpack behind the split takes, in no list: nothing runs in between.
#pragma once
#include "runtime/types/sequence.h"

namespace krait {

/// Stands for them: a tuple that nobody sees, and has no items.
extern TupleObject waitingPieces;
/// Moves them, as many as `o` was asked for; false: `o` stands for none.
bool takeWaitingPieces(Value o, Slot out, uint32_t count);

} // namespace krait
