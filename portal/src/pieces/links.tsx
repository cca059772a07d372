import { Anchor, Button, NavLink, type AnchorProps, type ButtonProps, type NavLinkProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Html<Props> = Props & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props> & { ref?: Ref<HTMLAnchorElement> };

/** Mantine's looks on typed links: a wrong address or parameter does not compile. */
export const TextLink = createLink(function TextLink(props: Html<AnchorProps>) {
  return <Anchor {...props} />;
});

export const ButtonLink = createLink(function ButtonLink(props: Html<ButtonProps>) {
  return <Button component="a" {...props} />;
});

export const SideLink = createLink(function SideLink(props: Html<NavLinkProps>) {
  return <NavLink component="a" {...props} />;
});
