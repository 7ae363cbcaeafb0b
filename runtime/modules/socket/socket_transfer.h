// The methods of sockets that send and receive.
#pragma once
#include "runtime/object/protocol.h"

namespace krait::sockets {

Value receive(Value self, const Value* argv);
Value receiveFrom(Value self, const Value* argv);
Value recvInto(Value self, const Value* argv);
Value recvFromInto(Value self, const Value* argv);
Value sendMethod(Value self, const Value* argv);
Value sendAll(Value self, const Value* argv);
Value sendTo(Value self, const Args& args);
Value sendMessage(Value self, const Value* argv);
Value recvMessage(Value self, const Value* argv);
Value recvMessageInto(Value self, const Value* argv);

} // namespace krait::sockets
