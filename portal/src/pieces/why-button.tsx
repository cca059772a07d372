import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import { useId, type ComponentPropsWithoutRef } from 'react';

/** A button that says why it cannot act, on hover, on focus and to a screen reader. It stays in the tab order. */
export function WhyButton({ why, onClick, children, ...rest }:
  ButtonProps & Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> & { why?: string | undefined }) {
  const reason = useId();
  if (!why) return <Button onClick={onClick} {...rest}>{children}</Button>;
  return (
    <Tooltip label={why}>
      <span style={{ display: 'inline-flex' }}>
        <Button {...rest} aria-disabled="true" aria-describedby={reason} data-disabled onClick={(event) => { event.preventDefault(); }} style={{ pointerEvents: 'auto' }}>
          {children}
        </Button>
        <span id={reason} hidden>{why}</span>
      </span>
    </Tooltip>
  );
}
