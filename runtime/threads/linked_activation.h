// The chain of activations of the engines that run code without machine frames of its own.
#pragma once
#include "runtime/threads/thread_state.h"

namespace krait {

// Makes it the innermost.
inline void link(InterpreterActivation& a) {
  ThreadState* thread = currentThread();
  a.previous = thread->activation;
  thread->activation = &a;
}

// Links an activation, of the interpreter or of bytecode, for as long as it runs: frame walks see it.
class LinkedActivation {
public:
  explicit LinkedActivation(InterpreterActivation& a) : thread_(currentThread()) {
    a.previous = thread_->activation;
    thread_->activation = &a;
  }
  ~LinkedActivation() { thread_->activation = thread_->activation->previous; }
  LinkedActivation(const LinkedActivation&) = delete;

private:
  ThreadState* thread_;
};

} // namespace krait
