"""Does an article state what one asked thing wants? `wanted` says which sorts of fact are asked for, `facts` which of
them an article states and of what, `signals` what both tell together, `head` how likely it is stated."""
