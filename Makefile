# One command per intent. `make` alone lists them. The work is done by .ci/*.sh and by CMake's
# presets (CMakePresets.json); nothing here holds a compiler flag.

.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory --no-builtin-rules

# What `make run` and `make bench` pass on: make run ARGS="--listening-port=5000"
ARGS ?=
# Seconds that `make fuzz` gives each fuzzer.
SECONDS_EACH ?= 60

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: ## build what is missing, start the relay and its demo page; Ctrl-C stops it
	@.ci/steps.sh packages:run fetch relay wasm js && exec build/bin/koeru-relay --demo $(ARGS)

.PHONY: test
test: ## build and pass every test there is
	@.ci/test.sh all

.PHONY: test-all
test-all: test ## make test, then what takes minutes: soak, all browsers, each fuzzer for SECONDS_EACH
	@tests/soak/soak.py build/bin/koeru-relay
	@tests/soak/handshakes.py build/bin/koeru-relay build/bin/koeru
	@KOERU_FILE_MB=1024 node --test --test-name-pattern="travel whole" tests/browser/room_files.test.mjs
	@KOERU_ALL=1 node --test --test-concurrency=1 tests/browser/*.test.mjs
	@.ci/steps.sh packages:run,test,fuzz fetch fuzzers
	@.ci/fuzz.sh $(SECONDS_EACH)

.PHONY: unit
unit: ## only the native tests, without sanitizers: for daily work
	@.ci/test.sh unit

.PHONY: build
build: ## build/bin (native) and build/dist (page files), without starting anything
	@.ci/steps.sh packages:run fetch native wasm js

# Where `make install` puts it: make install PREFIX=/usr DESTDIR=/tmp/tree
PREFIX ?= /usr/local

.PHONY: install
install: ## install koeru-relay and koeru with manual page, completion and systemd unit
	@.ci/steps.sh packages:run fetch wasm js install:$(PREFIX)

.PHONY: package
package: ## a Debian package in build/
	@.ci/steps.sh packages:run fetch wasm js package

.PHONY: bench
bench: ## compare with coturn and a bare forwarder; writes a table
	@.ci/steps.sh packages:run,test,bench fetch
	@tests/bench/run.sh $(ARGS)

.PHONY: bench-js
bench-js: ## compare koeru's SDP with sdp-transform and sdp in Node and Chromium; writes a table
	@.ci/steps.sh packages:run,test fetch wasm js
	@tests/bench/js/run.sh $(ARGS)

.PHONY: fuzz
fuzz: ## run each fuzzer for SECONDS_EACH seconds (60)
	@.ci/steps.sh packages:run,test,fuzz fetch fuzzers
	@.ci/fuzz.sh $(SECONDS_EACH)

.PHONY: fetch
fetch: ## fetch the pinned sources (third_party/pins.txt)
	@.ci/steps.sh fetch

.PHONY: format
format: ## format our C++ sources
	@.ci/steps.sh packages:dev
	@git ls-files '*.cc' '*.h' | xargs -r clang-format -i

.PHONY: tidy
tidy: ## run clang-tidy on the files that changed (on all: make tidy ALL=1)
	@.ci/steps.sh packages:run,test,dev fetch build:dev
	@.ci/tidy.sh $(if $(ALL),all,changed)

.PHONY: clean
clean: ## remove build/ (the demo's certificate and its logs, too)
	rm -rf build

.PHONY: distclean
distclean: clean ## clean, and remove fetched sources and npm packages
	rm -rf third_party/*/ third_party/.lock js/node_modules
