// GET and PUT of URL/NAME: WebDAV, nginx with dav_methods, caches of Bazel.
#include <cstring>
#include <fmt/core.h>
#include "tools/krait/remote/curl_library.h"
#include "tools/krait/remote/store.h"

namespace krait::tools::remote {
namespace {

/// What arrives, up to a limit.
struct Received {
  std::string& bytes;
  size_t limit;
  bool isTooLarge = false;

  static size_t take(char* data, size_t one, size_t count, void* self) {
    auto& received = *static_cast<Received*>(self);
    received.isTooLarge |= count > received.limit - received.bytes.size();
    if (received.isTooLarge) return one * count + 1; // which ends it
    received.bytes.append(data, count);
    return count;
  }
};

size_t give(char* buffer, size_t one, size_t count, void* rest) {
  auto& bytes = *static_cast<std::string_view*>(rest);
  const size_t n = std::min(bytes.size(), one * count);
  memcpy(buffer, bytes.data(), n);
  bytes.remove_prefix(n);
  return n;
}

class HttpStore final : public RemoteStore {
public:
  HttpStore(std::string url, std::chrono::milliseconds patience) : url_(std::move(url)), patience_(patience) {}
  HttpStore(const HttpStore&) = delete;
  HttpStore& operator=(const HttpStore&) = delete;
  ~HttpStore() override {
    if (handle_) curl_->easy_cleanup(handle_);
    if (headers_) curl_->slist_free_all(headers_);
  }

  Outcome get(const std::string& name, size_t limit, std::string& bytes, std::string& error) override {
    if (!prepare(name, error)) return Outcome::Failed;
    bytes.clear();
    Received received{bytes, limit};
    const long status = perform(received, {}, error);
    if (status == 200) return Outcome::Done;
    bytes.clear();
    if (status == 404 || status == 410) return Outcome::Absent;
    return refuse(status, error);
  }

  Outcome put(const std::string& name, std::string_view bytes, std::string& error) override {
    if (!prepare(name, error)) return Outcome::Failed;
    std::string answer;
    Received received{answer, kLongestAnswer};
    const long status = perform(received, bytes, error);
    return status >= 200 && status < 300 ? Outcome::Done : refuse(status, error);
  }

private:
  static constexpr size_t kLongestAnswer = 64 << 10; // to a put, which nobody reads

  static Outcome refuse(long status, std::string& error) {
    if (status != 0) error = fmt::format("answered {}{}", status, status == 507 ? " (it is full)" : "");
    return Outcome::Failed;
  }

  /// The connection is kept from one entry to the next.
  bool prepare(const std::string& name, std::string& error) {
    if (!curl_ && !(curl_ = curlLibrary(error))) return false;
    if (!handle_) {
      handle_ = curl_->easy_init();
      headers_ = curl_->slist_append(nullptr, "Expect:"); // no round to ask whether it may be sent
      headers_ = curl_->slist_append(headers_, "Content-Type: application/octet-stream");
    }
    if (!handle_ || !headers_) {
      error = "there is no memory for it";
      return false;
    }
    const long wait = static_cast<long>(patience_.count());
    set(CURLOPT_URL, (url_ + "/" + name).c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L); // we are one thread of several
    set(CURLOPT_CONNECTTIMEOUT_MS, wait);
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, (wait + 999) / 1000);
    set(CURLOPT_HTTPHEADER, headers_);
    set(CURLOPT_USERAGENT, "krait");
    return true;
  }

  template <class T> void set(CURLoption option, T value) { (curl_->easy_setopt)(handle_, option, value); }

  /// The status that the server answered with; 0 with an error if it did not.
  long perform(Received& received, std::string_view sent, std::string& error) {
    const bool isPut = sent.data() != nullptr;
    set(CURLOPT_WRITEFUNCTION, &Received::take);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&received));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(received.limit));
    if (isPut) {
      set(CURLOPT_UPLOAD, 1L);
      set(CURLOPT_READFUNCTION, &give);
      set(CURLOPT_READDATA, static_cast<void*>(&sent));
      set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(sent.size()));
    } else {
      set(CURLOPT_HTTPGET, 1L);
    }
    char detail[CURL_ERROR_SIZE] = "";
    set(CURLOPT_ERRORBUFFER, static_cast<char*>(detail));
    const CURLcode code = curl_->easy_perform(handle_);
    set(CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr));
    long status = 0;
    if (code == CURLE_OK) (curl_->easy_getinfo)(handle_, CURLINFO_RESPONSE_CODE, &status);
    else if (code == CURLE_FILESIZE_EXCEEDED || received.isTooLarge) error = "sent more than an entry can be";
    else error = *detail ? detail : curl_->easy_strerror(code);
    return status;
  }

  std::string url_;
  std::chrono::milliseconds patience_;
  const CurlLibrary* curl_ = nullptr;
  CURL* handle_ = nullptr;
  curl_slist* headers_ = nullptr;
};

} // namespace

std::unique_ptr<RemoteStore> makeHttpStore(const Address& address, std::chrono::milliseconds patience) {
  return std::make_unique<HttpStore>(address.url, patience);
}

} // namespace krait::tools::remote
