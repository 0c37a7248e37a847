"""What comes in from elsewhere: event logs of other ticket systems, lists of people, departments and cases."""
