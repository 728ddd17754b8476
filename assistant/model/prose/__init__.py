"""A model's prose, held to the articles sentence by sentence as it comes: `prose` reads it, `slots` are its places."""
