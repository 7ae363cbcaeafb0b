// GET and SET of "krait:NAME". Which entries are kept, and for how long, is the server's affair (maxmemory-policy).
#include <fmt/core.h>
#include <hiredis/hiredis.h>
#include <initializer_list>
#include <sys/time.h>
#include <vector>
#include "tools/krait/remote/store.h"

namespace krait::tools::remote {
namespace {

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
struct FreeContext {
  void operator()(redisContext* context) const { redisFree(context); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

class RedisStore final : public RemoteStore {
public:
  RedisStore(Address address, std::chrono::milliseconds patience) : address_(std::move(address)), patience_(patience) {}

  Outcome get(const std::string& name, size_t limit, std::string& bytes, std::string& error) override {
    const Reply reply = ask({"GET", keyOf(name)}, limit, error);
    if (!reply) return Outcome::Failed;
    if (reply->type == REDIS_REPLY_NIL) return Outcome::Absent;
    if (reply->type != REDIS_REPLY_STRING) return refuse(*reply, error);
    bytes.assign(reply->str, reply->len);
    return Outcome::Done;
  }

  Outcome put(const std::string& name, std::string_view bytes, std::string& error) override {
    const Reply reply = ask({"SET", keyOf(name), bytes}, 0, error);
    if (!reply) return Outcome::Failed;
    return reply->type == REDIS_REPLY_STATUS ? Outcome::Done : refuse(*reply, error);
  }

private:
  static std::string keyOf(const std::string& name) { return "krait:" + name; }

  static Outcome refuse(const redisReply& reply, std::string& error) {
    error = reply.type == REDIS_REPLY_ERROR ? "answered " + std::string(reply.str, reply.len) : "answered what was not asked";
    return Outcome::Failed;
  }

  using Words = std::initializer_list<std::string_view>;

  Reply ask(Words words, size_t limit, std::string& error) {
    if (!context_ && !connect(error)) return nullptr;
    return exchange(words, limit, error);
  }

  bool connect(std::string& error) {
    const timeval wait{.tv_sec = patience_.count() / 1000, .tv_usec = patience_.count() % 1000 * 1000};
    context_.reset(address_.protocol == Protocol::RedisSocket ? redisConnectUnixWithTimeout(address_.path.c_str(), wait)
                                                              : redisConnectWithTimeout(address_.host.c_str(), address_.port, wait));
    if (!context_ || context_->err || redisSetTimeout(context_.get(), wait) != REDIS_OK) return fail(error);
    auto agrees = [&](Words words) {
      const Reply reply = exchange(words, 0, error);
      if (!reply) return false;
      if (reply->type != REDIS_REPLY_STATUS) refuse(*reply, error);
      return reply->type == REDIS_REPLY_STATUS;
    };
    bool good = true;
    if (!address_.user.empty()) good = agrees({"AUTH", address_.user, address_.password});
    else if (!address_.password.empty()) good = agrees({"AUTH", address_.password});
    if (good && address_.database != 0) good = agrees({"SELECT", std::to_string(address_.database)});
    if (!good) context_.reset();
    return good;
  }

  bool fail(std::string& error) {
    error = context_ && *context_->errstr ? static_cast<const char*>(context_->errstr) : "there is no memory for it";
    context_.reset();
    return false;
  }

  /// One command and its answer. hiredis would read as much as the server likes to send.
  Reply exchange(Words words, size_t limit, std::string& error) {
    constexpr size_t kAround = 64 << 10; // of an answer, beside the entry; an error's text
    std::vector<const char*> texts;
    std::vector<size_t> sizes;
    for (const std::string_view word : words) {
      texts.push_back(word.data());
      sizes.push_back(word.size());
    }
    redisContext* c = context_.get();
    if (redisAppendCommandArgv(c, static_cast<int>(words.size()), texts.data(), sizes.data()) != REDIS_OK) return fail(error), nullptr;
    for (int isSent = 0; !isSent;)
      if (redisBufferWrite(c, &isSent) != REDIS_OK) return fail(error), nullptr;
    for (;;) {
      if (redisBufferRead(c) != REDIS_OK) return fail(error), nullptr;
      // An array, of which we ask for none, would have memory taken for as many items as it says.
      const redisReader& reader = *c->reader;
      const bool isAtType = reader.ridx == -1 && reader.pos < reader.len;
      const bool isArray = isAtType && std::string_view("$+-:").find(reader.buf[reader.pos]) == std::string_view::npos;
      if (isArray || reader.len > limit + kAround) {
        error = isArray ? "speaks another protocol" : "sent more than an entry can be";
        context_.reset();
        return nullptr;
      }
      void* reply = nullptr;
      if (redisGetReplyFromReader(c, &reply) != REDIS_OK) return fail(error), nullptr;
      if (reply) return Reply(static_cast<redisReply*>(reply));
    }
  }

  Address address_;
  std::chrono::milliseconds patience_;
  std::unique_ptr<redisContext, FreeContext> context_;
};

} // namespace

std::unique_ptr<RemoteStore> makeRedisStore(const Address& address, std::chrono::milliseconds patience) {
  return std::make_unique<RedisStore>(address, patience);
}

} // namespace krait::tools::remote
