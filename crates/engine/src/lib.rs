//! Plans, runs, isolates, combines and replays checks; answers the lens
