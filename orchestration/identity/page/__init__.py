"""The page that draws an explanation: laid out, drawn and written without anything from outside."""
