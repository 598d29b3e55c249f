//! What several checks share: small pure helpers, no checks.
