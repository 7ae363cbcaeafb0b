#include "tools/krait/remote/curl_library.h"
#include <dlfcn.h>

namespace krait::tools::remote {
namespace {

template <class F> bool find(void* library, const char* name, F& function) {
  function = reinterpret_cast<F>(dlsym(library, name));
  return function;
}

bool load(CurlLibrary& curl) {
  void* library = nullptr;
  for (const char* name : {"libcurl.so.4", "libcurl-gnutls.so.4"})
    if (!library) library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  return library && find(library, "curl_global_init", curl.global_init) && find(library, "curl_easy_init", curl.easy_init) &&
         find(library, "curl_easy_setopt", curl.easy_setopt) && find(library, "curl_easy_perform", curl.easy_perform) &&
         find(library, "curl_easy_getinfo", curl.easy_getinfo) && find(library, "curl_easy_cleanup", curl.easy_cleanup) &&
         find(library, "curl_easy_strerror", curl.easy_strerror) && find(library, "curl_slist_append", curl.slist_append) &&
         find(library, "curl_slist_free_all", curl.slist_free_all) && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

} // namespace

const CurlLibrary* curlLibrary(std::string& error) {
  static CurlLibrary curl;
  static const bool isLoaded = load(curl);
  if (isLoaded) return &curl;
  error = "libcurl.so.4 is not installed (Debian's package libcurl4)";
  return nullptr;
}

} // namespace krait::tools::remote
