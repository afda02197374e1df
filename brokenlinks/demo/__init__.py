"""A small web on loopback: what `scrapy demo` crawls and the end-to-end tests are run against."""
