// Digest objects shared by _hashlib and the per-algorithm modules.
#pragma once
#include <openssl/evp.h>
#include <mutex>
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"

namespace krait::hashing {

/// Large inputs are hashed without the GIL: whoever touches a digest's state holds its turn meanwhile. Memory of zeros
/// is one (objects begin so).
using Turn = std::mutex;
class TakeTurn {
public:
  explicit TakeTurn(Turn& turn) : turn_(turn) {
    if (turn.try_lock()) return;
    Blocking release;
    turn.lock();
  }
  ~TakeTurn() { turn_.unlock(); }
  TakeTurn(const TakeTurn&) = delete;
  TakeTurn& operator=(const TakeTurn&) = delete;

private:
  Turn& turn_;
};

struct HashObject {
  Object header;
  Turn turn;
  EVP_MD_CTX* context;
  const char* name; // as Python spells it: "sha256"
};
extern Type hashType, xofType;

/// Python's and OpenSSL's names of a digest; `extendable` ones (shake) take a length at the end.
struct Algorithm { const char *name, *openssl; bool extendable; };
/// By either name, any case, or another one of OpenSSL's; null if it has none of that name, and says why in its queue of errors.
const Algorithm* findAlgorithm(const char* name);
/// OpenSSL's implementation, kept for ever; null if this OpenSSL has none.
const EVP_MD* digestOf(const Algorithm& algorithm);
/// A digest object fed with `data` (null: nothing).
Value newHash(const Algorithm& algorithm, Value data);
/// Feeds a bytes-like object: TypeError texts of hashlib for str and others.
int32_t feed(Value data, Turn& turn, void (*update)(void* state, const void* bytes, size_t n), void* state);
Value hexText(const uint8_t* bytes, size_t n);
/// A constructor function body: (string=b'', *, usedforsecurity=True).
template <int Index> Value constructor(Value, const Value* argv);
extern const Algorithm kAlgorithms[];

enum AlgorithmIndex { kMd5, kSha1, kSha224, kSha256, kSha384, kSha512, kSha3_224, kSha3_256, kSha3_384, kSha3_512, kShake128, kShake256 };

template <int Index> Value constructor(Value, const Value* argv) { return newHash(kAlgorithms[Index], argv[0]); }

} // namespace krait::hashing
