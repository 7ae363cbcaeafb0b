// libcurl, loaded when a store is at http:// or https://: it brings some thirty libraries with it, which every start of krait would load.
#pragma once
#include <curl/curl.h>
#include <string>

namespace krait::tools::remote {

struct CurlLibrary {
#define CURL_FUNCTION(name) decltype(&curl_##name) name = nullptr
  CURL_FUNCTION(global_init);
  CURL_FUNCTION(easy_init);
  decltype(&::curl_easy_setopt) easy_setopt = nullptr; // a macro, too
  CURL_FUNCTION(easy_perform);
  decltype(&::curl_easy_getinfo) easy_getinfo = nullptr;
  CURL_FUNCTION(easy_cleanup);
  CURL_FUNCTION(easy_strerror);
  CURL_FUNCTION(slist_append);
  CURL_FUNCTION(slist_free_all);
#undef CURL_FUNCTION
};

/// Once for the process. Null, with a message, if it is not installed.
const CurlLibrary* curlLibrary(std::string& error);

} // namespace krait::tools::remote
