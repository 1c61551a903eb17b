"""What goes out: one file per trainer that writes the plan in that trainer's form."""
