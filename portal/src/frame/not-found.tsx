import { Stack, Text } from '@mantine/core';
import { ButtonLink } from '@/pieces/links';
import { Page } from '@/pieces/page';

/** An area of another role, and an address that is nothing, look the same: who may not see it learns nothing. */
export function NotFound() {
  return (
    <Page title="Not available to your account">
      <Stack align="flex-start">
        <Text>There is no such page, or it belongs to another role. If somebody sent you here, ask them to check the address.</Text>
        <ButtonLink to="/">Go to my start page</ButtonLink>
      </Stack>
    </Page>
  );
}
