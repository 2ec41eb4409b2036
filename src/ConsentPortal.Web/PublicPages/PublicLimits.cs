using ConsentPortal.Web.Hosting;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.PublicPages;

internal sealed class FormLimit(IOptions<PublicOptions> options) : AddressLimit(options.Value.FormsPerAddress, TimeSpan.FromMinutes(10), postsOnly: true)
{
    public const string Name = "public forms";
}

internal sealed class CheckLimit(IOptions<PublicOptions> options) : AddressLimit(options.Value.ChecksPerAddress, TimeSpan.FromMinutes(1), postsOnly: false)
{
    public const string Name = "public checks";
}
