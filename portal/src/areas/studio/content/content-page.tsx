import { Grid, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Content } from '@/client';
import { contentsShowOptions } from '@/client/@tanstack/react-query.gen';
import { Answer } from '@/pieces/answer';
import { ButtonLink, TextLink } from '@/pieces/links';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import { useTimeZone } from '@/preferences/preferences';
import { useSendings } from '@/uploading/sendings';
import { isPlayable, workStated } from '../works/stated';
import { Details } from './details';
import { Facts } from './facts';
import { Problem } from './problem';
import { Screen } from './screen';
import { Timeline } from './timeline';
import { Visibility } from './visibility';

const route = getRouteApi('/frame/studio/library/$contentId');

/** Is it right, and visible? */
export function ContentPage() {
  const { contentId } = route.useParams();
  const work = useQuery(contentsShowOptions({ path: { id: contentId } }));
  return (
    <>
      <TextLink to="/studio/library" size="sm">Library</TextLink>
      <Answer query={work} what="This work couldn't load." skeleton={<Skeleton height={420} mt="md" />}>
        {(loaded) => <Work key={loaded.id} work={loaded} />}
      </Answer>
    </>
  );
}

function Work({ work }: { work: Content }) {
  useSendings();
  const stated = workStated(work, useTimeZone());
  return (
    <Page
      title={work.title}
      beside={<StateBadge stated={stated} size="md" />}
      acts={isPlayable(work) && <ButtonLink to="/studio/analytics" search={{ content: work.id }} variant="default">Analytics</ButtonLink>}
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <Problem work={work} />
            <Screen work={work} sentence={stated.sentence} />
            <Details work={work} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <Visibility work={work} />
            <Timeline work={work} />
            <Facts work={work} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
