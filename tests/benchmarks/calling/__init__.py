"""The three ways of asking that `calls_speed` compares, each a script of its own process: bare, inspect, ours."""
