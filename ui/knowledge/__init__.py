"""The knowledge base on screen: browsing, reading, writing."""
