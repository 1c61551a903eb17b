"""Models behind OpenAI-compatible endpoints: asked, paced, stopped. What is asked comes from services."""
