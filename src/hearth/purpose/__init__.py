"""Why a community is there: the purpose, how it is found by one or by many, and the goals that everything else serves."""
