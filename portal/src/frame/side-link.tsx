import { NavLink, type NavLinkProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { Html } from '@/pieces/links';

/** A typed link that looks like an entry of the navigation. */
export const SideLink = createLink(function SideLink(props: Html<NavLinkProps>) {
  return <NavLink component="a" {...props} />;
});
