# Every command of the project. `make` alone lists them; what they do is in ops/dev (Python, standard library only).
# Variables: SERVERS=compose takes the servers from containers; CREATOR_STUDIO_PORT_OFFSET moves all ports;
# CREATOR_STUDIO_CACHE is where tools are kept that are built or downloaded once per user (~/.cache/creator-studio).

DEV := PYTHONPATH=ops PYTHONDONTWRITEBYTECODE=1 python3 -m dev
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

.PHONY: help
help: ## Lists these commands.
	@awk -F ':.*## ' '/^##/ {print "\n" substr($$0, 4)} /^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

## Running
.PHONY: dev up down seed doctor clean-dev
dev: ## Installs what is missing, starts everything, prints the address and the accounts; Ctrl-C stops it.
	@$(DEV) dev
up: ## The same in the background; returns when everything is ready.
	@$(DEV) up
down: ## Stops what `make up` started.
	@$(DEV) down
seed: ## Makes the demo people and their library again.
	@$(DEV) seed
doctor: ## Says which tools are there, which ports are taken and which servers answer.
	@$(DEV) doctor
clean-dev: ## Deletes the data of `make dev` and `make test` in this checkout.
	@$(DEV) clean

## Testing
.PHONY: test check test-rust test-portal test-contract test-e2e servers-up servers-down coverage
test: ## Everything that CI runs, on servers of its own; leaves nothing running.
	@$(DEV) test
check: ## Formats, lints, rules and the portal: what needs no server.
	@$(DEV) check
test-rust: ## The Rust tests (on the servers of `make servers-up` where they run).
	@$(DEV) test-rust
test-portal: ## The portal's lints, types, unit tests and build.
	@$(DEV) test-portal
test-contract: ## Everything that the API describes, asked by everybody, on a product of its own.
	@$(DEV) test-contract
test-e2e: ## The browser tests, on a product of their own.
	@$(DEV) test-e2e
servers-up: ## Starts empty test servers in the background and says how to point a shell at them.
	@$(DEV) servers-up
servers-down: ## Stops them and deletes their data.
	@$(DEV) servers-down
coverage: ## Measures how much of Rust and portal the tests reach; fails below what was reached before.
	@$(DEV) coverage

## Writing
.PHONY: fmt prepare openapi
fmt: ## Formats the Rust code and the development tools.
	@$(DEV) fmt
prepare: ## Records the checked queries in .sqlx, after a change of SQL or of a migration.
	@$(DEV) prepare
openapi: ## Writes the API's description and the TypeScript client from the code.
	@$(DEV) openapi

## Measuring
.PHONY: bench bench-jobs bench-analytics
bench: ## All benchmarks, each against a named peer or limit.
	@$(DEV) bench
bench-jobs: ## The job engine against its peers.
	@$(DEV) bench-jobs
bench-analytics: ## Events in, a day counted, the dashboard: each against plain SQL.
	@$(DEV) bench-analytics
