"""What the stages hand on: frozen records that neither read nor judge."""
