// Objects in a bucket of any server that speaks S3.
#pragma once

#include <chrono>

#include "libs/files/object_store.hpp"

namespace histologe::files {

struct S3Settings {
    std::string endpoint;  // `https://s3.fr-par.example`, without a path
    std::string bucket;
    std::string region;
    std::string accessKey;
    std::string secretKey;
    std::filesystem::path spool;              // folder in which an object lies until it is whole
    std::chrono::seconds patience{30};        // for one object, either way
};

// Requests are signed (AWS Signature, version 4) and name the bucket in the path. An object is gathered in a file that
// has no name, so that it takes no memory, and sent by commit(), which returns once the server has it. A server that
// cannot be reached or answers wrongly is a std::runtime_error; so is an object that was cut short. Any thread.
class S3Store final : public ObjectStore {
  public:
    explicit S3Store(S3Settings settings);
    std::unique_ptr<Upload> begin(const std::string& key) override;
    std::string read(const std::string& key) override;
    void remove(const std::string& key) override;
    // Nothing: what was not sent had no name.
    void sweep(std::chrono::seconds) noexcept override {}

  private:
    S3Settings settings_;
};

}  // namespace histologe::files
