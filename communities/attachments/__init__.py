"""Files under the permission of what they hang on: taken in, read, handed out."""
