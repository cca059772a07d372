import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

/** What a link takes that looks like a component of Mantine's. */
export type Html<Props> = Props & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props> & { ref?: Ref<HTMLAnchorElement> };

/** Mantine's looks on typed links: a wrong address or parameter does not compile. */
export const TextLink = createLink(function TextLink(props: Html<AnchorProps>) {
  return <Anchor {...props} />;
});

export const ButtonLink = createLink(function ButtonLink(props: Html<ButtonProps>) {
  return <Button component="a" {...props} />;
});
